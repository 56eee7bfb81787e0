package com.peerllm.host.platform.login;

import com.peerllm.host.platform.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file in the autostart folder, which the desktops of Linux read: Desktop Application Autostart Specification and Desktop Entry
 * Specification of freedesktop.org.
 */
final class DesktopEntry implements StartAtLogin {
    private static final String NAME = "peerllm.desktop";

    private final Path file;
    private final List<String> command;

    /** @param config the person's folder of settings, usually {@code ~/.config} */
    DesktopEntry(Path config, List<String> command) {
        file = config.resolve("autostart").resolve(NAME);
        this.command = List.copyOf(command);
    }

    /** Desktops switch an entry off without removing it. */
    @Override
    public boolean isOn() throws IOException {
        if (!Files.exists(file)) return false;
        List<String> lines = Files.readAllLines(file);
        return !lines.contains("Hidden=true") && !lines.contains("X-GNOME-Autostart-enabled=false");
    }

    @Override
    public void turnOn() throws IOException {
        String entry = String.join(
                "\n",
                "[Desktop Entry]",
                "Type=Application",
                "Name=PeerLLM",
                "Comment=Runs AI models for others when you allow it",
                "Exec=" + exec(command),
                // Desktops pass over an entry whose program was removed.
                "TryExec=" + command.getFirst().replace("\\", "\\\\"),
                "Icon=peerllm",
                "Terminal=false",
                "X-GNOME-Autostart-enabled=true",
                "");
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, entry.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("The file " + file + " could not be written. Check its permissions.", e);
        }
    }

    @Override
    public void turnOff() throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new IOException("The file " + file + " could not be removed. Remove it yourself.", e);
        }
    }

    /**
     * Each argument in quotes with its special characters behind a backslash, then every backslash doubled, because the value is a
     * string of the file as well; a percent sign would stand for a file name.
     */
    static String exec(List<String> command) {
        return command.stream()
                .map(argument -> "\"" + argument.replaceAll("([\"`$\\\\])", "\\\\$1") + "\"")
                .map(quoted -> quoted.replace("\\", "\\\\").replace("%", "%%"))
                .collect(Collectors.joining(" "));
    }
}
