"""Commands and scripts that pull a class's images, for each system. Pure; every value is quoted for its shell."""
