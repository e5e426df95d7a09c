"""The drawn body as numbers: skeleton, pose, kinematics, display list."""
