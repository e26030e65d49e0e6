package dev.dibs.api.door;

import dev.dibs.api.access.RequireRole;
import dev.dibs.api.door.DoorAnswer.LetIn;
import dev.dibs.api.door.DoorAnswer.Refused;
import dev.dibs.api.door.DoorAnswer.Revoked;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.trail.TrailNotes;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Redeeming and revoking over HTTP. */
final class DoorHandler {
    private static final Logger log = LoggerFactory.getLogger(DoorHandler.class);
    private static final int MAX_REASON_CHARACTERS = 200;
    private static final Set<String> REDEEM_FIELDS = new TreeSet<>(Set.of("code", "gate", "activityId", "requestId"));
    private static final Set<String> REVOKE_FIELDS = new TreeSet<>(Set.of("reason", "requestId"));
    /** Instead of the field {@code requestId}, for clients that send it with every call. */
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Door door;
    private final Revocations revocations;

    DoorHandler(Door door, Revocations revocations) {
        this.door = door;
        this.revocations = revocations;
    }

    Mono<ServerResponse> redeem(ServerRequest request) {
        return DoorBody.read(request, REDEEM_FIELDS)
                .map(body -> {
                    ActivityId activityId = body.parsed("activityId", ActivityId::new);
                    RequestId requestId = requestId(request, body);
                    UserId by = RequireRole.principal(request).userId();
                    return DoorBody.checked(
                            "",
                            () -> new RedeemRequest(body.text("code"), by, body.text("gate"), activityId, requestId));
                })
                .flatMap(door::redeem)
                .flatMap(answer -> answer(request, answer));
    }

    Mono<ServerResponse> revoke(ServerRequest request) {
        TicketId ticketId;
        try {
            ticketId = TicketId.parse(request.pathVariable("ticketId"));
        } catch (IllegalArgumentException e) {
            return DoorProblems.noSuchTicket().toResponse();
        }
        return DoorBody.read(request, REVOKE_FIELDS)
                .flatMap(body -> revocations.revoke(ticketId, reason(body), requestId(request, body)))
                .flatMap(answer -> answer(request, answer));
    }

    private static String reason(DoorBody body) {
        String reason = body.text("reason");
        return DoorBody.checked("reason", () -> {
            if (reason == null || reason.isBlank()) {
                throw new IllegalArgumentException("must say why");
            }
            if (reason.length() > MAX_REASON_CHARACTERS) {
                throw new IllegalArgumentException("must have at most " + MAX_REASON_CHARACTERS + " characters");
            }
            if (reason.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("must hold printable characters only");
            }
            return reason;
        });
    }

    private static RequestId requestId(ServerRequest request, DoorBody body) {
        RequestId inBody = body.parsed("requestId", RequestId::new);
        String header = request.headers().firstHeader(IDEMPOTENCY_KEY);
        // A key may be longer than a requestId, and of other characters.
        return inBody != null || header == null
                ? inBody
                : new RequestId("key-" + Fingerprint.of(header).text());
    }

    private static Mono<ServerResponse> answer(ServerRequest request, DoorAnswer answer) {
        if (answer instanceof LetIn letIn) {
            note(request, letIn.activityId(), letIn.ticketId());
            log.info(
                    "Ticket redeemed; activityId={} ticketId={} gate={} userId={}",
                    letIn.activityId(),
                    letIn.ticketId(),
                    letIn.gate(),
                    RequireRole.principal(request).userId());
            return ok(json(letIn));
        }
        if (answer instanceof Revoked revoked) {
            note(request, revoked.activityId(), revoked.ticketId());
            log.info(
                    "Ticket revoked; activityId={} ticketId={} userId={}",
                    revoked.activityId(),
                    revoked.ticketId(),
                    RequireRole.principal(request).userId());
            return ok(json(revoked));
        }
        Refused refused = (Refused) answer;
        if (refused.ticketId() != null) {
            note(request, refused.activityId(), refused.ticketId());
        }
        Problem problem = refused.problem();
        TrailNotes.outcome(request, problem.kind());
        return problem.toResponse();
    }

    private static void note(ServerRequest request, ActivityId activityId, TicketId ticketId) {
        TrailNotes.activity(request, activityId);
        TrailNotes.target(request, ticketId);
    }

    private static Map<String, Object> json(LetIn letIn) {
        Map<String, Object> json = ticket(letIn.ticketId(), letIn.activityId(), letIn.sequence());
        json.put("ticketKind", letIn.ticket().kind().value());
        json.put("name", letIn.ticket().name());
        json.put("gate", letIn.gate());
        json.put("redeemed_at", letIn.redeemedAt());
        json.put("repeated", letIn.repeated());
        return json;
    }

    private static Map<String, Object> json(Revoked revoked) {
        Map<String, Object> json = ticket(revoked.ticketId(), revoked.activityId(), revoked.sequence());
        json.put("revoked_at", revoked.revokedAt());
        json.put("repeated", revoked.repeated());
        return json;
    }

    private static Map<String, Object> ticket(TicketId ticketId, ActivityId activityId, int sequence) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ticketId", ticketId.toString());
        json.put("activityId", activityId.value());
        json.put("sequence", sequence);
        return json;
    }

    private static Mono<ServerResponse> ok(Object json) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(json);
    }
}
