"""The visual language: frame, components, home, help. It knows no noun's rules."""
