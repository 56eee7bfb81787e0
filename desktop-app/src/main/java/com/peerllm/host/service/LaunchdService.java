package com.peerllm.host.service;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A launchd agent of one user of a Mac, see launchd.plist(5). Written from its documentation; not run by us on a Mac yet. */
public final class LaunchdService implements HostService {
    private static final String LABEL = "com.peerllm.host";

    private final JavaCommand command;
    private final Path home;

    public LaunchdService(JavaCommand command, Path home) {
        this.command = command;
        this.home = home;
    }

    @Override
    public Path file() {
        return home.resolve("Library/LaunchAgents").resolve(LABEL + ".plist");
    }

    @Override
    public String content() {
        String words = command.words().stream()
                .map(word -> "    <string>" + Xml.escaped(word) + "</string>\n")
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Written by: peerllm host service install -->
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0">
                <dict>
                  <key>Label</key>
                  <string>%s</string>
                  <key>ProgramArguments</key>
                  <array>
                %s  </array>
                  <key>RunAtLoad</key>
                  <true/>
                  <key>KeepAlive</key>
                  <dict>
                    <key>SuccessfulExit</key>
                    <false/>
                  </dict>
                  <key>ThrottleInterval</key>
                  <integer>30</integer>
                  <key>ProcessType</key>
                  <string>Background</string>
                  <key>Nice</key>
                  <integer>10</integer>
                  <key>Umask</key>
                  <integer>63</integer>
                  <key>ExitTimeOut</key>
                  <integer>20</integer>
                </dict>
                </plist>
                """.formatted(LABEL, words);
    }

    @Override
    public List<List<String>> startCommands() {
        return List.of(List.of("launchctl", "load", "-w", file().toString()));
    }

    @Override
    public List<List<String>> stopCommands() {
        return List.of(List.of("launchctl", "unload", "-w", file().toString()));
    }

    @Override
    public List<String> statusCommand() {
        return List.of("launchctl", "list", LABEL);
    }
}
