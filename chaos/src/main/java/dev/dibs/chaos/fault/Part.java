package dev.dibs.chaos.fault;

import java.util.EnumSet;
import java.util.Set;

/** A part of an installation. Of two faults at a time none may concern what the other one breaks or needs. */
public enum Part {
    API,
    PROCESSOR,
    PROJECTOR,
    DOCUMENTS,
    KAFKA,
    REDIS;

    /** With a fault that concerns all, no other is made. */
    static final Set<Part> ALL = Set.copyOf(EnumSet.allOf(Part.class));

    /** Redis without what it knew: its codes come from the documents, which must be whole, or there are none any more. */
    static final Set<Part> REDIS_AND_ITS_CODES = Set.of(REDIS, DOCUMENTS);

    /** The part that a member belongs to whose name begins so. */
    static Part called(String prefix) {
        return switch (prefix.replaceAll("-.*", "")) {
            case "api" -> API;
            case "processor" -> PROCESSOR;
            case "projector" -> PROJECTOR;
            case "documents" -> DOCUMENTS;
            case "kafka" -> KAFKA;
            case "redis", "sentinel" -> REDIS;
            default -> throw new IllegalArgumentException("No part is called " + prefix);
        };
    }
}
