package dev.dibs.api.export;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a client says it can decode (RFC 9110, section 12.5.3). */
final class AcceptedEncoding {
    static final String GZIP = "gzip";

    private static final Pattern NOT_AT_ALL = Pattern.compile(".*;\\s*q=0(\\.0*)?\\s*");

    private AcceptedEncoding() {}

    /** Whether the client names gzip. Who takes just anything gets the file as it is. */
    static boolean isGzip(List<String> acceptEncoding) {
        return acceptEncoding.stream()
                .flatMap(header -> List.of(header.split(",")).stream())
                .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
                .anyMatch(encoding -> encoding.split(";", 2)[0].strip().equals(GZIP)
                        && !NOT_AT_ALL.matcher(encoding).matches());
    }
}
