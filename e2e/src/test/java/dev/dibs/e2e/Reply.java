package dev.dibs.e2e;

import tools.jackson.databind.JsonNode;

/** An answer over HTTP; {@code body} is what a buyer's answer or an operator's answer says in JSON. */
record Reply(int status, JsonNode body) {

    int ret() {
        return body.path("ret").intValue();
    }

    JsonNode data() {
        return body.path("data");
    }

    boolean isGranted() {
        return ret() == 0 && data().hasNonNull("code");
    }
}
