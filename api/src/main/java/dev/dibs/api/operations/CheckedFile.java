package dev.dibs.api.operations;

import dev.dibs.ids.TicketKind;

/**
 * What a look through a file of codes has found.
 *
 * @param bad what cannot be imported; if there is any, nothing is
 * @param codes the fingerprints of the sound rows; where no row is bad, row r of the import is index r
 * @param kind of all codes, {@link TicketKind#MIXED} where they are of several, null where there are none
 */
record CheckedFile(BadRows bad, CodeFingerprints codes, TicketKind kind) {}
