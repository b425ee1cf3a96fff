"""Questions to the author and to the translator: one generator function per check, which yields facts."""
