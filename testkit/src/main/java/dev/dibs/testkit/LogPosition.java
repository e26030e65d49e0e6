package dev.dibs.testkit;

/** Where a record stands in its topic. */
public record LogPosition(int partition, long offset) {}
