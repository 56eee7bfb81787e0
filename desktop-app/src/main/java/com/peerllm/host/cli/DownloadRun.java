package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.modelstore.DownloadQueue;
import java.util.function.Function;

/** Has the downloads of an opened data folder for as long as a command needs them; only what the command asks for runs. */
final class DownloadRun {
    private DownloadRun() {}

    static <T> T with(HostData data, Surroundings around, Function<DownloadQueue, T> use) {
        try (ThreadAlarms alarms = new ThreadAlarms(around.threads())) {
            DownloadQueue downloads = data.downloads(alarms, around);
            try {
                return use.apply(downloads);
            } finally {
                downloads.stop();
            }
        }
    }
}
