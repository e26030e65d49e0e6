package dev.dibs.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the areas' files together. Whatever could be meant in two ways is refused: an operation or a component that two
 * files describe, a reference that leads nowhere, a part of the document that an area has no say in.
 */
final class OpenApiMerge {
    static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** What any operation under {@code /admin} may answer, where its file does not say otherwise. */
    private static final Map<String, String> ADMIN_ANSWERS = new TreeMap<>(Map.of(
            "400", "ProblemBadRequest",
            "401", "ProblemUnauthenticated",
            "403", "ProblemForbidden",
            "404", "ProblemNotFound",
            "503", "ProblemUnavailable"));

    private final ObjectNode document;
    private final ObjectNode paths;
    private final ObjectNode components;
    private final Map<String, String> operationIds = new LinkedHashMap<>();

    OpenApiMerge(ObjectNode base) {
        document = base;
        if (base.has("paths")) {
            throw refused("base.yaml", "must have no paths; they belong to an area");
        }
        components = base.withObject("components");
        paths = base.putObject("paths");
    }

    void add(String file, ObjectNode area) {
        area.properties().forEach(part -> {
            switch (part.getKey()) {
                case "paths" ->
                    part.getValue()
                            .properties()
                            .forEach(path -> addPath(file, path.getKey(), (ObjectNode) path.getValue()));
                case "components" ->
                    part.getValue()
                            .properties()
                            .forEach(section -> addComponents(file, section.getKey(), (ObjectNode) section.getValue()));
                default -> throw refused(file, "may have paths and components only, not " + part.getKey());
            }
        });
    }

    private void addPath(String file, String path, ObjectNode item) {
        ObjectNode known = paths.withObjectProperty(path);
        item.properties().forEach(part -> {
            String where = part.getKey() + " " + path;
            if (!METHODS.contains(part.getKey()) && !part.getKey().equals("parameters")) {
                throw refused(file, where + ": a path has methods and parameters only");
            }
            if (known.has(part.getKey())) {
                throw refused(file, where + " is described by another file, too");
            }
            if (METHODS.contains(part.getKey())) {
                complete(file, where, path, (ObjectNode) part.getValue());
            }
            known.set(part.getKey(), part.getValue());
        });
    }

    private void complete(String file, String where, String path, ObjectNode operation) {
        for (String needed : new String[] {"operationId", "summary", "tags", "responses"}) {
            if (operation.path(needed).isMissingNode()
                    || operation.path(needed).isEmpty()
                            && !operation.path(needed).isString()) {
                throw refused(file, where + " has no " + needed);
            }
        }
        String other = operationIds.put(operation.get("operationId").asString(), where);
        if (other != null) {
            throw refused(file, where + " has the operationId of " + other);
        }
        if (path.startsWith("/admin")) {
            ObjectNode responses = (ObjectNode) operation.get("responses");
            ADMIN_ANSWERS.forEach((status, name) -> {
                if (!responses.has(status)) {
                    responses.putObject(status).put("$ref", "#/components/responses/" + name);
                }
            });
            if (!operation.has("security")) {
                operation.putArray("security").addObject().putArray("token");
            }
        }
    }

    private void addComponents(String file, String section, ObjectNode more) {
        ObjectNode known = components.withObjectProperty(section);
        more.properties().forEach(component -> {
            if (known.has(component.getKey())) {
                throw refused(file, section + " " + component.getKey() + " is described by another file, too");
            }
            known.set(component.getKey(), component.getValue());
        });
    }

    /** The whole. */
    ObjectNode document() {
        checkReferences(document);
        checkTags();
        return document;
    }

    private void checkReferences(JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isString()) {
            String target = reference.asString();
            if (!target.startsWith("#/") || document.at(target.substring(1)).isMissingNode()) {
                throw refused("The document", "refers to " + target + ", which is not there");
            }
        }
        node.values().forEach(this::checkReferences);
    }

    private void checkTags() {
        Set<String> tags = new java.util.HashSet<>();
        document.get("tags").forEach(tag -> tags.add(tag.get("name").asString()));
        paths.forEach(path -> path.forEach(operation -> operation.path("tags").forEach(tag -> {
            if (!tags.contains(tag.asString())) {
                throw refused("The document", "has a tag that base.yaml does not explain: " + tag.asString());
            }
        })));
    }

    private static IllegalArgumentException refused(String file, String why) {
        return new IllegalArgumentException(file + ": " + why);
    }
}
