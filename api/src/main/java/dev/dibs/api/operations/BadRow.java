package dev.dibs.api.operations;

/**
 * Something wrong with a row of a file. Never holds what stands in the row: that may be a code.
 *
 * @param row the line of the file where the row begins, from 1; the header is line 1
 * @param column its name in the header, empty where the whole row is meant
 */
public record BadRow(long row, String column, String message) {}
