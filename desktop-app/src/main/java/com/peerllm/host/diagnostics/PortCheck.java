package com.peerllm.host.diagnostics;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.LocalApiSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Whether the port of the endpoint on this computer is free, or is a running host's. */
final class PortCheck implements Doctor.Check {
    private final LocalApiSettings api;
    private final AppFolders folders;

    PortCheck(LocalApiSettings api, AppFolders folders) {
        this.api = api;
        this.folders = folders;
    }

    @Override
    public String name() {
        return "port";
    }

    @Override
    public List<Finding> look() {
        if (!api.on()) return List.of(Finding.ok("port", "The endpoint on this computer is off."));
        try (ServerSocket socket = new ServerSocket(api.port(), 1, InetAddress.getLoopbackAddress())) {
            return List.of(Finding.ok("port", "Port " + socket.getLocalPort() + " is free."));
        } catch (IOException e) {
            if (hostRuns())
                return List.of(
                        Finding.ok("port", "Port " + api.port() + " is taken, by the running host as it seems."));
            return List.of(Finding.warn(
                    "port",
                    "Port " + api.port() + " is taken by another program.",
                    "End that program, or choose another port for the endpoint on this computer."));
        }
    }

    private boolean hostRuns() {
        if (!Files.exists(folders.lock())) return false;
        Optional<InstanceLock> free = InstanceLock.tryTake(folders);
        free.ifPresent(InstanceLock::close);
        return free.isEmpty();
    }
}
