package com.peerllm.desktop;

import com.peerllm.host.HostData;
import com.peerllm.host.LocalHost;
import com.peerllm.host.Machine;
import com.peerllm.host.Surroundings;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.diagnostics.HostLog;
import com.peerllm.host.kernel.Signal;

/** The data folder of this program and the host over it. */
record OpenedHost(HostData data, LocalHost host) implements AutoCloseable {

    /** @throws com.peerllm.host.kernel.HostException when the folder is in use or cannot be used, with what to do */
    static OpenedHost open(DesktopOptions options, Surroundings around) {
        HostData data = HostData.open(options.folders(around), around.clock());
        try {
            HostLog.alsoTo(data.folders().logs());
            return new OpenedHost(
                    data,
                    new LocalHost(
                            data,
                            options.link(),
                            new Machine(),
                            new Signal<>(Availability.Available.BY_RULES),
                            around));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    @Override
    public void close() {
        host.close();
        data.close();
    }
}
