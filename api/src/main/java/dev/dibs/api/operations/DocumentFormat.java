package dev.dibs.api.operations;

import org.springframework.http.MediaType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** What a document may be written in. */
enum DocumentFormat {
    YAML {
        private final YAMLFactory factory = new YAMLFactory();

        @Override
        JsonParser parser(String text) {
            return factory.createParser(ObjectReadContext.empty(), text);
        }
    },
    JSON {
        private final JsonFactory factory = new JsonFactory();

        @Override
        JsonParser parser(String text) {
            return factory.createParser(ObjectReadContext.empty(), text);
        }
    };

    abstract JsonParser parser(String text);

    /** The format of a body of this type, or null where it is neither. */
    static DocumentFormat of(MediaType type) {
        if (type == null) {
            return null;
        }
        return switch (type.getType() + "/" + type.getSubtype()) {
            case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml" -> YAML;
            case "application/json", "application/merge-patch+json" -> JSON;
            default -> null;
        };
    }
}
