package com.peerllm.host.platform.login;

import com.peerllm.host.platform.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A property list in the person's folder of launch agents, which macOS reads when the person logs in: launchd.plist(5).
 *
 * <p>Not run on macOS here; what it writes is tested.
 */
final class LaunchAgent implements StartAtLogin {
    private static final String LABEL = "com.peerllm.host";

    private final Path file;
    private final List<String> command;

    LaunchAgent(Path agents, List<String> command) {
        file = agents.resolve(LABEL + ".plist");
        this.command = List.copyOf(command);
    }

    @Override
    public boolean isOn() {
        return Files.exists(file);
    }

    @Override
    public void turnOn() throws IOException {
        String arguments = command.stream()
                .map(argument -> "    <string>" + escaped(argument) + "</string>\n")
                .collect(Collectors.joining());
        String list = """
                <?xml version="1.0" encoding="UTF-8"?>
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
                  <key>ProcessType</key>
                  <string>Interactive</string>
                </dict>
                </plist>
                """.formatted(LABEL, arguments);
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, list.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("The file " + file + " could not be written. Check its permissions.", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void turnOff() throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IOException("The file " + file + " could not be removed. Remove it yourself.", e);
        }
    }
}
