package dev.dibs.audit;

/**
 * What was counted, of one activity or of all together.
 *
 * @param stock codes that exist, according to the log
 * @param logValid valid grabs
 * @param logVoid grabs that the ledger refused
 * @param logDuplicates copies of valid grabs
 * @param distinctSequences sequences among the valid grabs
 * @param distinctCodes codes among the valid grabs
 * @param distinctWinners users among the valid grabs; in the total, whoever won in two activities counts twice
 * @param redisIssued tickets that users hold according to Redis
 * @param redisFree sequences below the cursor that Redis would give out again
 * @param notReached sequences that the cursor has not come to
 * @param mongoTickets rows in the current collection of tickets
 * @param resultRows rows of the result topic that grant a ticket
 * @param statsGranted tickets granted according to the statistics
 * @param csvRows rows of the CSV file; 0 without one
 * @param violations how many were found, also those beyond the ones that are told word by word
 */
public record Figures(
        long stock,
        long logValid,
        long logVoid,
        long logDuplicates,
        long distinctSequences,
        long distinctCodes,
        long distinctWinners,
        long redisIssued,
        long redisFree,
        long notReached,
        long mongoTickets,
        long resultRows,
        long statsGranted,
        long csvRows,
        long violations) {
    static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Figures plus(Figures other) {
        return new Figures(
                stock + other.stock,
                logValid + other.logValid,
                logVoid + other.logVoid,
                logDuplicates + other.logDuplicates,
                distinctSequences + other.distinctSequences,
                distinctCodes + other.distinctCodes,
                distinctWinners + other.distinctWinners,
                redisIssued + other.redisIssued,
                redisFree + other.redisFree,
                notReached + other.notReached,
                mongoTickets + other.mongoTickets,
                resultRows + other.resultRows,
                statsGranted + other.statsGranted,
                csvRows + other.csvRows,
                violations + other.violations);
    }

    Figures withViolations(long all) {
        return new Figures(
                stock,
                logValid,
                logVoid,
                logDuplicates,
                distinctSequences,
                distinctCodes,
                distinctWinners,
                redisIssued,
                redisFree,
                notReached,
                mongoTickets,
                resultRows,
                statsGranted,
                csvRows,
                all);
    }
}
