package com.peerllm.host.service;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A scheduled task of one user of Windows that begins when the user signs in, see Microsoft's schema of tasks. Written from its
 * documentation; not run by us on Windows yet.
 */
public final class ScheduledTaskService implements HostService {
    private static final String NAME = "PeerLLM host";

    private final JavaCommand command;
    private final Path folder;

    /** @param folder where the file is kept */
    public ScheduledTaskService(JavaCommand command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    @Override
    public Path file() {
        return folder.resolve("host-task.xml");
    }

    /** As schtasks wants it. */
    @Override
    public Charset charset() {
        return StandardCharsets.UTF_16;
    }

    @Override
    public String content() {
        String program = command.words().getFirst();
        String arguments = command.words().stream()
                .skip(1)
                .map(ScheduledTaskService::quoted)
                .collect(Collectors.joining(" "));
        return """
                <?xml version="1.0" encoding="UTF-16"?>
                <!-- Written by: peerllm host service install -->
                <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
                  <RegistrationInfo>
                    <Description>PeerLLM host: runs AI models for others</Description>
                  </RegistrationInfo>
                  <Triggers>
                    <LogonTrigger>
                      <Enabled>true</Enabled>
                    </LogonTrigger>
                  </Triggers>
                  <Principals>
                    <Principal id="Author">
                      <LogonType>InteractiveToken</LogonType>
                      <RunLevel>LeastPrivilege</RunLevel>
                    </Principal>
                  </Principals>
                  <Settings>
                    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
                    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
                    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
                    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
                    <Priority>8</Priority>
                    <RestartOnFailure>
                      <Interval>PT1M</Interval>
                      <Count>10</Count>
                    </RestartOnFailure>
                  </Settings>
                  <Actions Context="Author">
                    <Exec>
                      <Command>%s</Command>
                      <Arguments>%s</Arguments>
                    </Exec>
                  </Actions>
                </Task>
                """.formatted(Xml.escaped(program), Xml.escaped(arguments));
    }

    /** As programs of Windows read their arguments: a backslash before a quote is doubled. */
    private static String quoted(String word) {
        if (!word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || c == '"')) return word;
        return '"' + word.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1") + '"';
    }

    @Override
    public List<List<String>> startCommands() {
        return List.of(
                List.of("schtasks", "/Create", "/F", "/TN", NAME, "/XML", file().toString()),
                List.of("schtasks", "/Run", "/TN", NAME));
    }

    @Override
    public List<List<String>> stopCommands() {
        return List.of(List.of("schtasks", "/End", "/TN", NAME), List.of("schtasks", "/Delete", "/F", "/TN", NAME));
    }

    @Override
    public List<String> statusCommand() {
        return List.of("schtasks", "/Query", "/TN", NAME);
    }
}
