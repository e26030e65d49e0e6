package dev.dibs.projector.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import java.util.Set;

/**
 * Tells apart what is wrong with the server, which passes and is waited for, from what is wrong with a single row,
 * which stays and must not hold up the others.
 */
final class ServerTrouble {
    /**
     * Error codes (MongoDB's {@code error_codes.yml}) of a server that is short of something, busy, going down or not
     * the primary.
     */
    private static final Set<Integer> CODES = Set.of(
            6, // HostUnreachable
            7, // HostNotFound
            24, // LockTimeout
            50, // MaxTimeMSExpired
            64, // WriteConcernFailed
            89, // NetworkTimeout
            91, // ShutdownInProgress
            100, // UnsatisfiableWriteConcern
            112, // WriteConflict
            146, // ExceededMemoryLimit
            189, // PrimarySteppedDown
            202, // NetworkInterfaceExceededTimeLimit
            262, // ExceededTimeLimit
            9001, // SocketException
            10107, // NotWritablePrimary
            11600, // InterruptedAtShutdown
            11602, // InterruptedDueToReplStateChange
            13435, // NotPrimaryNoSecondaryOk
            13436, // NotPrimaryOrSecondary
            14031); // OutOfDiskSpace

    private ServerTrouble() {}

    static boolean isCode(int code) {
        return CODES.contains(code);
    }

    static boolean isMeantBy(MongoException e) {
        boolean aboutWhatWasAsked = e instanceof MongoBulkWriteException
                || e instanceof MongoWriteException
                || e instanceof MongoCommandException;
        return !aboutWhatWasAsked || isCode(e.getCode());
    }
}
