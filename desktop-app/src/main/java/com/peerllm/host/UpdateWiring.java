package com.peerllm.host;

import com.peerllm.host.modelstore.Disk;
import com.peerllm.host.modelstore.DownloadParts;
import com.peerllm.host.modelstore.FetchParts;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.sensors.Programs;
import com.peerllm.host.published.BuildValues;
import com.peerllm.host.update.Installation;
import com.peerllm.host.update.UpdateDesk;
import com.peerllm.host.update.UpdateSource;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Updates of this program, wired to this computer. */
public final class UpdateWiring {
    private UpdateWiring() {}

    /**
     * @param bytesPerSecond that a download may take
     * @param hasWindow whether the system can ask the person for rights in a window of its own
     * @throws com.peerllm.host.kernel.HostException when the build's address or the way of the installation cannot be understood
     */
    public static UpdateDesk desk(
            AppFolders folders, Supplier<OptionalLong> bytesPerSecond, boolean hasWindow, Surroundings around) {
        return new UpdateDesk(
                folders,
                UpdateSource.of(new BuildValues(around.properties())),
                Installation.of(around.properties(), HostVersion.text()),
                new UpdateDesk.Parts(
                        new FetchParts(
                                DownloadParts.http(DownloadParts.STALL_PATIENCE),
                                Disk.REAL,
                                bytesPerSecond,
                                around.clock()),
                        Programs.of(around.environment()),
                        hasWindow,
                        around.clock(),
                        around.random()));
    }
}
