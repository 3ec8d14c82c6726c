"""Forms of klimaregnskapet."""
