// The first file of Durable.
