package dev.dibs.api.operations;

import java.util.List;
import java.util.Map;

/** A value of a document, with the place where it stands. */
sealed interface DocumentNode {

    /** @param line and column count from 1 */
    record Place(int line, int column) {
        /** Of a value that the document does not speak of. */
        static final Place UNCHANGED = new Place(0, 0);

        @Override
        public String toString() {
            return this.equals(UNCHANGED) ? "as it is now" : "line " + line + ", column " + column;
        }
    }

    Place place();

    /** What it is, as an operator would call it. */
    String what();

    record Text(String value, Place place) implements DocumentNode {
        @Override
        public String what() {
            return "a text";
        }
    }

    record Whole(long value, Place place) implements DocumentNode {
        @Override
        public String what() {
            return "a number";
        }
    }

    record Truth(boolean value, Place place) implements DocumentNode {
        @Override
        public String what() {
            return "true or false";
        }
    }

    record Branch(Map<String, DocumentNode> fields, Place place) implements DocumentNode {
        @Override
        public String what() {
            return "a group of fields";
        }
    }

    record Items(List<DocumentNode> items, Place place) implements DocumentNode {
        @Override
        public String what() {
            return "a list";
        }
    }

    /** Nothing at all: null, or no value behind the field's name. */
    record Nothing(Place place) implements DocumentNode {
        @Override
        public String what() {
            return "empty";
        }
    }

    /** Something that no field of ours takes. */
    record Other(String what, Place place) implements DocumentNode {}
}
