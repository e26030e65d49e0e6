package dev.dibs.api.recovery;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import java.util.List;
import java.util.Map;

/**
 * What an activity's state hash in Redis says.
 *
 * @param opens epoch milliseconds
 * @param closes epoch milliseconds
 * @param version of the activity that opens, closes and paused come from
 */
record InventoryState(
        String fence, long epoch, int stock, long opens, long closes, int limit, boolean paused, long version) {

    private static final List<String> FIELDS =
            List.of("fence", "epoch", "cursor", "stock", "opens", "closes", "limit", "paused", "version", "n");

    /** Null where there are no keys, or where a part of the hash is missing. */
    static InventoryState parse(Map<String, String> hash) {
        if (!hash.keySet().containsAll(FIELDS)) {
            return null;
        }
        return new InventoryState(
                hash.get("fence"),
                Long.parseLong(hash.get("epoch")),
                Integer.parseInt(hash.get("stock")),
                Long.parseLong(hash.get("opens")),
                Long.parseLong(hash.get("closes")),
                Integer.parseInt(hash.get("limit")),
                hash.get("paused").equals("1"),
                Long.parseLong(hash.get("version")));
    }

    /** What it should say, by the catalogue and the ledger. */
    static InventoryState wanted(Activity activity, String fence, long epoch, int stock) {
        long closes = activity.state() == ActivityState.ENDED ? 0 : activity.endTime() * 1_000;
        return new InventoryState(
                fence,
                epoch,
                stock,
                activity.startTime() * 1_000,
                closes,
                activity.limitPerUser(),
                activity.state() == ActivityState.PAUSED,
                activity.version());
    }
}
