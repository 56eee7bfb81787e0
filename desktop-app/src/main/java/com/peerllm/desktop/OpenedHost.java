package com.peerllm.desktop;

import com.peerllm.host.HostData;
import com.peerllm.host.HostProgram;
import com.peerllm.host.LocalHost;
import com.peerllm.host.Machine;
import com.peerllm.host.Surroundings;
import com.peerllm.host.diagnostics.HostLog;

/** The data folder of this program and everything that runs over it. */
record OpenedHost(HostData data, HostProgram program) implements AutoCloseable {

    /** @throws com.peerllm.host.kernel.HostException when the folder is in use or cannot be used, with what to do */
    static OpenedHost open(DesktopOptions options, Surroundings around) {
        HostData data = HostData.open(options.folders(around), around.clock());
        try {
            HostLog.alsoTo(data.folders().logs());
            HostProgram program = new HostProgram(data, options.link(), new Machine(), around);
            program.host().resume();
            return new OpenedHost(data, program);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    LocalHost host() {
        return program.host();
    }

    @Override
    public void close() {
        program.close();
        data.close();
    }
}
