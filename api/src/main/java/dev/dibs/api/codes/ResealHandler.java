package dev.dibs.api.codes;

import dev.dibs.api.codes.Resealing.Done;
import dev.dibs.api.codes.Resealing.Place;
import dev.dibs.api.codes.Resealing.Stage;
import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One batch of resealing per call: whoever calls goes on with {@code next} until it is empty. */
final class ResealHandler {
    private static final String AFTER = "after";

    private final Resealing resealing;

    ResealHandler(Resealing resealing) {
        this.resealing = resealing;
    }

    Mono<ServerResponse> reseal(ServerRequest request) {
        Place place;
        try {
            place = request.queryParam(AFTER)
                    .filter(after -> !after.isEmpty())
                    .map(ResealHandler::decode)
                    .orElse(Place.START);
        } catch (IllegalArgumentException e) {
            return Problem.faulty(List.of(new Fault(AFTER, "must be the next of an earlier answer")))
                    .toResponse();
        }
        return resealing
                .batch(place)
                .flatMap(done -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .bodyValue(json(done)));
    }

    private static Map<String, Object> json(Done done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("looked", done.looked());
        json.put("changed", done.changed());
        json.put("unreadable", done.unreadable());
        json.put("next", done.next() == null ? "" : encode(done.next()));
        return json;
    }

    private static String encode(Place place) {
        String text = place.stage() + " " + place.after();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Place decode(String next) {
        String text = new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("no place");
        }
        return new Place(Stage.valueOf(text.substring(0, blank)), text.substring(blank + 1));
    }
}
