package dev.dibs.standalone;

import dev.dibs.standalone.console.Logs;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.stack.Addresses;
import dev.dibs.standalone.stack.DataFolder;
import dev.dibs.standalone.stack.ServersOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The servers of a data folder: those of the stack that runs on it, or servers that are started for the while. */
final class FolderServers {

    /** What is done with the servers. */
    interface Work {
        /** @param running whether a stack is running on them */
        int on(Addresses addresses, boolean running);
    }

    private FolderServers() {}

    /** @throws ProblemException where there is no such folder, or no dibs has ever kept its data there */
    static int use(Path data, Work work) {
        Optional<DataFolder.Running> running = DataFolder.running(data);
        if (running.isPresent()) {
            return work.on(running.get().addresses(), true);
        }
        if (!Files.isDirectory(data)) {
            throw new ProblemException("there is no data folder " + data);
        }
        try (DataFolder folder = DataFolder.open(data)) {
            if (!folder.isUsed()) {
                throw new ProblemException("no dibs has ever kept its data in " + folder.path());
            }
            Logs.writeTo(folder.log());
            ServersOnly servers = ServersOnly.start(folder, GivenServers.stack(data, "127.0.0.1", 0, Map.of()));
            AtExit atExit = new AtExit(servers::close);
            try {
                return work.on(servers.addresses(), false);
            } finally {
                atExit.close();
            }
        }
    }
}
