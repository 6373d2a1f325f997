// The first file of Study.
