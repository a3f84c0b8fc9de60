// CMake gives precompiled headers only to a target with a source that reads them, and main.cpp cannot.
