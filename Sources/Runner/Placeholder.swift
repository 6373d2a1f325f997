// The first file of Runner.
