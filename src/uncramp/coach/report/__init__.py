"""The report: a runner's record on a page, for somebody who treats him."""
