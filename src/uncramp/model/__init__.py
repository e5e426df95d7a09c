"""Values of the domain: frozen, without input or output, clock or Qt."""
