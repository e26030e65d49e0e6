package dev.dibs.codec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a change of a schema takes away from those who read by the older one, or from those who have old records. Allowed
 * is to describe things better, and to add a field that nobody has to have.
 */
final class SchemaChange {
    /** What says nothing about values. The unit is not among these: who changes it changes every value. */
    private static final Set<String> WORDS = Set.of("title", "description", "examples", "$comment");
    /** Names, each with a schema of its own, to which names may be added. */
    private static final Set<String> NAMED = Set.of("properties", "$defs", "patternProperties");
    /** Rules about one field, which may come with a new field. */
    private static final Set<String> DEPENDENT = Set.of("dependentSchemas", "dependentRequired");

    private final List<String> faults = new ArrayList<>();

    private SchemaChange() {}

    /** Empty where the newer schema may take the older one's place without a new topic. */
    static List<String> faults(JsonNode older, JsonNode newer) {
        SchemaChange change = new SchemaChange();
        change.compare("", older, newer);
        return change.faults;
    }

    private void compare(String path, JsonNode older, JsonNode newer) {
        if (!older.isObject() || !newer.isObject()) {
            if (!older.equals(newer)) {
                faults.add(path + " was " + older + " and is " + newer);
            }
            return;
        }
        Set<String> keywords = new TreeSet<>(older.propertyNames());
        keywords.addAll(newer.propertyNames());
        keywords.removeAll(WORDS);
        for (String keyword : keywords) {
            JsonNode before = older.path(keyword);
            JsonNode after = newer.path(keyword);
            String where = path + "/" + keyword;
            if (NAMED.contains(keyword)) {
                compareNamed(where, before, after);
            } else if (DEPENDENT.contains(keyword)) {
                compareDependent(where, before, after, older.path("properties"));
            } else if (keyword.equals("required")) {
                compareRequired(where, before, after);
            } else if (before.isMissingNode() || after.isMissingNode()) {
                faults.add(where + (before.isMissingNode() ? " is new" : " is gone"));
            } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
                Iterator<JsonNode> others = after.iterator();
                before.forEach(element -> compare(where, element, others.next()));
            } else {
                compare(where, before, after);
            }
        }
    }

    private void compareNamed(String path, JsonNode older, JsonNode newer) {
        for (Map.Entry<String, JsonNode> named : older.properties()) {
            String where = path + "/" + named.getKey();
            JsonNode after = newer.path(named.getKey());
            if (after.isMissingNode()) {
                faults.add(where + " is gone");
            } else {
                compare(where, named.getValue(), after);
            }
        }
    }

    private void compareDependent(String path, JsonNode older, JsonNode newer, JsonNode knownFields) {
        compareNamed(path, older, newer);
        for (String field : newer.propertyNames()) {
            if (!older.has(field) && knownFields.has(field)) {
                faults.add(path + "/" + field + " is new for a field that was there");
            }
        }
    }

    /** Neither may a promise be taken back, nor may old records lack something all of a sudden. */
    private void compareRequired(String path, JsonNode older, JsonNode newer) {
        Set<String> before = names(older);
        Set<String> after = names(newer);
        before.stream()
                .filter(name -> !after.contains(name))
                .forEach(name -> faults.add(path + " no longer has " + name));
        after.stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> faults.add(path + " has " + name + ", which old records may lack"));
    }

    private static Set<String> names(JsonNode array) {
        Set<String> names = new TreeSet<>();
        array.forEach(name -> names.add(name.stringValue()));
        return names;
    }
}
