package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An activity as operators write and read it. Every fault of a document is told, not only the first: each field is
 * tried by itself in an otherwise sound activity, so that the rules stand in one place, {@link Activity}.
 */
final class ActivityDocument {
    private static final int MAX_ROLE = 64;
    private static final TicketKind ANY_KIND = new TicketKind("any");
    private static final ActivityId ANY_ID = new ActivityId("any");
    private static final List<TicketType> ANY_TICKETS = List.of(ticket("any", "", "", 0, 1));

    /** What {@link #render} shows beside what an operator writes. */
    static final Set<String> NOT_WRITTEN = Set.of("eligibility_list", "state", "version");

    private ActivityDocument() {}

    /** Reads a new activity: a draft of version 1 whose place in the log is not known yet. */
    static Reading<Activity> read(byte[] body, DocumentFormat format) {
        List<Fault> faults = new ArrayList<>();
        DocumentNode.Branch root = new DocumentReader(faults).read(body, format);
        return root == null ? new Reading.Faulty<>(faults) : read(root, faults);
    }

    /** @param faults what has been found so far */
    static Reading<Activity> read(DocumentNode.Branch root, List<Fault> faults) {
        DocumentFields fields = new DocumentFields(root, "", faults);
        String id = fields.text("id");
        fields.check("id", () -> ifPresent(id, () -> new ActivityId(id)));
        Texts texts = texts(fields);
        Long start = fields.time("start_time");
        Long end = fields.time("end_time");
        window(fields, start, end);
        Integer limit = fields.wholeOr("limit_per_user", 1);
        fields.check("limit_per_user", () -> ifPresent(limit, () -> activity("any", 0, 1, limit, ANY_TICKETS)));
        String role = fields.textOr("required_role", "");
        if (role != null && (role.length() > MAX_ROLE || !role.equals(role.strip()))) {
            fields.fault("required_role", "must have at most " + MAX_ROLE + " characters and no blanks around it");
        }
        Entry entry = EntryDocument.read(fields);
        List<TicketType> tickets = tickets(fields);
        fields.refuseOthers();
        if (!faults.isEmpty()) {
            return new Reading.Faulty<>(faults);
        }
        return new Reading.Sound<>(new Activity(
                new ActivityId(id),
                texts.name,
                texts.description,
                texts.image,
                start,
                end,
                limit,
                role,
                tickets,
                ActivityState.DRAFT,
                1,
                0,
                entry));
    }

    /** The same field names again, as JSON has them, with the state and the version. */
    static Map<String, Object> render(Activity activity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", activity.activityId().value());
        json.put("name", activity.name());
        json.put("desc", activity.description());
        json.put("image", activity.image());
        json.put("start_time", activity.startTime());
        json.put("end_time", activity.endTime());
        json.put("limit_per_user", activity.limitPerUser());
        json.put("required_role", activity.requiredRole());
        EntryDocument.render(json, activity.entry());
        json.put(
                "tickets",
                activity.tickets().stream().map(ActivityDocument::render).toList());
        json.put("state", activity.state().name());
        json.put("version", activity.version());
        return json;
    }

    private static Map<String, Object> render(TicketType ticket) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", ticket.kind().value());
        json.put("name", ticket.name());
        json.put("desc", ticket.description());
        json.put("image", ticket.image());
        json.put("start_time", ticket.startTime());
        json.put("end_time", ticket.endTime());
        return json;
    }

    private record Texts(String name, String description, String image) {}

    private static Texts texts(DocumentFields fields) {
        String name = fields.text("name");
        String description = fields.textOr("desc", "");
        String image = fields.textOr("image", "");
        fields.check("name", () -> ifPresent(name, () -> ticket(name, "", "", 0, 1)));
        fields.check("desc", () -> ticket("any", description, "", 0, 1));
        fields.check("image", () -> ticket("any", "", image, 0, 1));
        return new Texts(name, description, image);
    }

    private static void window(DocumentFields fields, Long start, Long end) {
        boolean startIsSound = start != null && startIsSound(fields, start);
        if (end != null) {
            fields.check("end_time", () -> ticket("any", "", "", startIsSound ? start : 0, end));
        }
    }

    private static boolean startIsSound(DocumentFields fields, long start) {
        try {
            // No start goes with this end: what is said first tells whether the start by itself is sound.
            ticket("any", "", "", start, Long.MAX_VALUE);
            return true;
        } catch (IllegalArgumentException e) {
            if (e.getMessage().startsWith("start_time")) {
                fields.fault("start_time", e.getMessage());
                return false;
            }
            return true;
        }
    }

    private static List<TicketType> tickets(DocumentFields fields) {
        List<TicketType> tickets = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        Integer count = fields.groups("tickets", group -> {
            TicketType ticket = ticket(group, kinds);
            if (ticket != null) {
                tickets.add(ticket);
            }
        });
        if (count != null && (count == 0 || count > Activity.MAX_TICKET_KINDS)) {
            fields.fault("tickets", "must list 1 to " + Activity.MAX_TICKET_KINDS + " kinds");
        }
        return tickets;
    }

    /** Null where there is a fault. */
    private static TicketType ticket(DocumentFields fields, Set<String> kinds) {
        String kind = fields.text("kind");
        fields.check("kind", () -> ifPresent(kind, () -> new TicketType(new TicketKind(kind), "any", "", "", 0, 1)));
        if (kind != null && !kinds.add(kind)) {
            fields.fault("kind", "is the kind of an earlier ticket already");
        }
        Texts texts = texts(fields);
        Long start = fields.time("start_time");
        Long end = fields.time("end_time");
        window(fields, start, end);
        fields.refuseOthers();
        try {
            return kind == null || start == null || end == null
                    ? null
                    : new TicketType(new TicketKind(kind), texts.name, texts.description, texts.image, start, end);
        } catch (IllegalArgumentException e) {
            // Told already, field by field.
            return null;
        }
    }

    private static void ifPresent(Object value, Runnable check) {
        if (value != null) {
            check.run();
        }
    }

    private static TicketType ticket(String name, String description, String image, long start, long end) {
        return new TicketType(ANY_KIND, name, description, image, start, end);
    }

    private static Activity activity(String name, long start, long end, int limit, List<TicketType> tickets) {
        return new Activity(
                ANY_ID, name, "", "", start, end, limit, "", tickets, ActivityState.DRAFT, 1, 0, Entry.OPEN);
    }
}
