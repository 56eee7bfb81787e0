package com.peerllm.host.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A systemd unit: of one user, or of the system under a user of its own. What it may do is restricted as far as a Java program
 * with a graphics processor allows: it compiles while it runs (so memory that is written and run is allowed), and it needs
 * device files. See systemd.exec(5).
 */
public final class SystemdService implements HostService {
    private static final String NAME = "peerllm-host.service";
    private static final String STATE = "/var/lib/peerllm-host";

    /** What cannot get better by starting again: see the exit codes in docs/hosting.md. */
    private static final String NO_RESTART = "2 3 4 5 7 8";

    private static final List<String> FOR_EVERYBODY = List.of(
            "NoNewPrivileges=yes",
            "UMask=0077",
            "LimitCORE=0",
            "LockPersonality=yes",
            "RestrictSUIDSGID=yes",
            "RestrictRealtime=yes",
            "RestrictNamespaces=yes",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            "SystemCallArchitectures=native");

    private static final List<String> FOR_THE_SYSTEM = List.of(
            "DynamicUser=yes",
            "StateDirectory=peerllm-host",
            "StateDirectoryMode=0700",
            "ProtectSystem=strict",
            "ProtectHome=read-only",
            "PrivateTmp=yes",
            "ProtectClock=yes",
            "ProtectControlGroups=yes",
            "ProtectHostname=yes",
            "ProtectKernelLogs=yes",
            "ProtectKernelModules=yes",
            "ProtectKernelTunables=yes",
            "CapabilityBoundingSet=",
            "SystemCallFilter=@system-service",
            "SystemCallErrorNumber=EPERM");

    private final JavaCommand command;
    private final Path file;
    private final boolean system;

    private SystemdService(JavaCommand command, Path file, boolean system) {
        this.command = command;
        this.file = file;
        this.system = system;
    }

    public static SystemdService ofTheUser(JavaCommand command, Path home, Map<String, String> environment) {
        Path config = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(given -> given.startsWith("/"))
                .map(Path::of)
                .orElse(home.resolve(".config"));
        return new SystemdService(command, config.resolve("systemd/user").resolve(NAME), false);
    }

    public static SystemdService ofTheSystem(JavaCommand command) {
        return new SystemdService(command.withData(STATE), Path.of("/etc/systemd/system", NAME), true);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String content() {
        List<String> lines = new ArrayList<>(List.of(
                "# Written by: peerllm host service install" + (system ? " --system" : ""),
                "[Unit]",
                "Description=PeerLLM host: runs AI models for others",
                "Documentation=man:systemd.exec(5)"));
        if (system) lines.addAll(List.of("Wants=network-online.target", "After=network-online.target"));
        lines.addAll(List.of(
                "StartLimitIntervalSec=600",
                "StartLimitBurst=10",
                "",
                "[Service]",
                "Type=exec",
                "ExecStart="
                        + command.words().stream().map(SystemdService::quoted).collect(Collectors.joining(" ")),
                "Restart=on-failure",
                "RestartSec=10",
                "RestartPreventExitStatus=" + NO_RESTART,
                "TimeoutStopSec=20",
                "KillMode=mixed",
                "Nice=10",
                "CPUWeight=20",
                "IOSchedulingClass=idle",
                "OOMScoreAdjust=500"));
        lines.addAll(FOR_EVERYBODY);
        if (system) lines.addAll(FOR_THE_SYSTEM);
        if (system && !command.data().equals(Optional.of(STATE)))
            command.data().ifPresent(data -> lines.add("ReadWritePaths=" + quoted(data)));
        lines.addAll(List.of("", "[Install]", "WantedBy=" + (system ? "multi-user.target" : "default.target"), ""));
        return String.join("\n", lines);
    }

    /** See systemd.syntax(7) and systemd.service(5): a percent and a dollar sign mean something to systemd. */
    private static String quoted(String word) {
        String plain = word.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("%", "%%")
                .replace("$", "$$");
        return plain.chars().allMatch(c -> c > ' ' && c != '\'' && c != ';') ? plain : '"' + plain + '"';
    }

    private List<String> systemctl(String... words) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        if (!system) command.add("--user");
        command.addAll(List.of(words));
        return command;
    }

    @Override
    public List<List<String>> startCommands() {
        return List.of(systemctl("daemon-reload"), systemctl("enable", "--now", NAME));
    }

    @Override
    public List<List<String>> stopCommands() {
        return List.of(systemctl("disable", "--now", NAME));
    }

    @Override
    public List<List<String>> afterRemoval() {
        return List.of(systemctl("daemon-reload"));
    }

    @Override
    public List<String> statusCommand() {
        return systemctl("is-active", "--quiet", NAME);
    }

    @Override
    public Optional<String> hint() {
        return system
                ? Optional.of("Its data are in " + command.data().orElse(STATE) + ".")
                : Optional.of("To have it run without anybody signed in: loginctl enable-linger");
    }
}
