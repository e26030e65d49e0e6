package dev.dibs.api.operations;

import dev.dibs.ids.ImportId;
import dev.dibs.ledger.StockRange;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an import has come to: the sequences [from, to) are its rows.
 *
 * @param added false where an earlier import of the same file had added them
 */
record ImportReport(ImportId importId, int from, int to, boolean added) {
    static ImportReport known(StockRange range) {
        return new ImportReport(range.importId(), range.from(), range.to(), false);
    }

    Map<String, Object> render() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("importId", importId.value());
        json.put("rows", to - from);
        json.put("from", from);
        json.put("to", to);
        json.put("added", added);
        return json;
    }
}
