package com.peerllm.orchestrator;

import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.shared.identity.HostId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Hosts that may not join, with the reason they are told. */
@Command(name = "host", mixinStandardHelpOptions = true, description = "Shut a host out, or let it in again.")
final class HostCommand {
    @Command(mixinStandardHelpOptions = true, description = "Refuse this host from its next connection on.")
    int block(
            @Mixin AdminSubcommand admin,
            @Parameters(paramLabel = "HOST-ID") String id,
            @Parameters(paramLabel = "REASON", description = "A sentence; the host's owner reads it.") String reason) {
        return admin.run(new AdminCommand.BlockHost(host(id), reason), answer -> admin.print("Blocked " + id));
    }

    @Command(mixinStandardHelpOptions = true, description = "Let this host in again.")
    int unblock(@Mixin AdminSubcommand admin, @Parameters(paramLabel = "HOST-ID") String id) {
        return admin.run(new AdminCommand.UnblockHost(host(id)), answer -> admin.print("Unblocked " + id));
    }

    private static HostId host(String id) {
        try {
            return new HostId(id);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage() + ".", e);
        }
    }
}
