package dev.dibs.api.operations;

import dev.dibs.api.operations.DocumentNode.Branch;
import dev.dibs.api.operations.DocumentNode.Items;
import dev.dibs.api.operations.DocumentNode.Nothing;
import dev.dibs.api.operations.DocumentNode.Other;
import dev.dibs.api.operations.DocumentNode.Place;
import dev.dibs.api.operations.DocumentNode.Text;
import dev.dibs.api.operations.DocumentNode.Truth;
import dev.dibs.api.operations.DocumentNode.Whole;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a document into located values, and nothing into them: a time stays the text that stands there, and what
 * YAML would replace behind the operator's back (aliases, tags, a field given twice) is a fault.
 */
final class DocumentReader {
    /** An activity has three levels. */
    private static final int MAX_DEPTH = 8;

    private final List<Fault> faults;

    /** @param faults takes what is wrong */
    DocumentReader(List<Fault> faults) {
        this.faults = faults;
    }

    /** The fields of the document, or null where there are none to speak of; then there is a fault that says why. */
    Branch read(byte[] body, DocumentFormat format) {
        String text = decode(body);
        if (text == null) {
            return null;
        }
        try (JsonParser parser = format.parser(text)) {
            if (parser.nextToken() == null) {
                faults.add(new Fault("", "the document is empty"));
                return null;
            }
            DocumentNode root = node(parser, "", 0);
            if (parser.nextToken() != null) {
                faults.add(new Fault("", "there must be one document, and a second begins at " + place(parser)));
            }
            if (root instanceof Branch branch) {
                return branch;
            }
            faults.add(new Fault("", "the document must be a group of fields but is " + root.what()));
            return null;
        } catch (JacksonException e) {
            faults.add(syntaxFault(e, format));
            return null;
        }
    }

    private String decode(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            faults.add(new Fault("", "the document is not UTF-8"));
            return null;
        }
    }

    private DocumentNode node(JsonParser parser, String path, int depth) {
        Place place = place(parser);
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            return new Other("an alias", place);
        }
        if (parser.getTypeId() != null) {
            parser.skipChildren();
            return new Other("a tagged value", place);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> depth < MAX_DEPTH ? branch(parser, path, depth, place) : tooDeep(parser, place);
            case START_ARRAY -> depth < MAX_DEPTH ? items(parser, path, depth, place) : tooDeep(parser, place);
            case VALUE_STRING -> new Text(parser.getString(), place);
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? new Other("a number that is too large", place)
                        : new Whole(parser.getLongValue(), place);
            case VALUE_NUMBER_FLOAT -> new Other("a fraction", place);
            case VALUE_TRUE, VALUE_FALSE -> new Truth(parser.getBooleanValue(), place);
            case VALUE_NULL -> new Nothing(place);
            default -> new Other("something else", place);
        };
    }

    private static Other tooDeep(JsonParser parser, Place place) {
        parser.skipChildren();
        return new Other("nested too deeply", place);
    }

    private Branch branch(JsonParser parser, String path, int depth, Place place) {
        Map<String, DocumentNode> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            Place where = place(parser);
            String below = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            if (fields.put(name, node(parser, below, depth + 1)) != null) {
                faults.add(new Fault(below, "is given twice (" + where + ")"));
            }
        }
        return new Branch(fields, place);
    }

    private Items items(JsonParser parser, String path, int depth, Place place) {
        List<DocumentNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser, path + "[" + items.size() + "]", depth + 1));
        }
        return new Items(items, place);
    }

    private static Place place(JsonParser parser) {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Place(location.getLineNr(), location.getColumnNr());
    }

    private static Fault syntaxFault(JacksonException e, DocumentFormat format) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            String where = marked.getProblemMark().map(DocumentReader::where).orElse("");
            return new Fault("", "the document is not YAML: " + marked.getProblem() + where);
        }
        String reason = e instanceof StreamConstraintsException
                ? "is nested too deeply, or has a number or a name that is far too long"
                : e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
        // Jackson adds where the parent began, in words about sources that mean nothing to an operator.
        int aside = reason.indexOf(" (start marker at");
        TokenStreamLocation location = e.getLocation();
        String where = location == null ? "" : " (" + new Place(location.getLineNr(), location.getColumnNr()) + ")";
        return new Fault(
                "", "the document is not " + format + ": " + (aside < 0 ? reason : reason.substring(0, aside)) + where);
    }

    private static String where(Mark mark) {
        return " (" + new Place(mark.getLine() + 1, mark.getColumn() + 1) + ")";
    }
}
