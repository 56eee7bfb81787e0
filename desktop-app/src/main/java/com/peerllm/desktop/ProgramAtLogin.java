package com.peerllm.desktop;

import com.peerllm.desktop.settings.SettingsSource;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.StablePath;
import com.peerllm.host.platform.login.LoginStarts;
import com.peerllm.host.platform.login.StartAtLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts this program, with its window hidden, when the person logs in. */
final class ProgramAtLogin implements SettingsSource.Login {
    /** Set by the launchers that jpackage makes. */
    private static final String INSTALLED = "jpackage.app-path";

    private static final String CHECKED_OUT = "peerllm.home";

    private final Messages messages;
    private final Optional<StartAtLogin> system;

    ProgramAtLogin(Surroundings around, AppFolders folders, Messages messages) {
        this.messages = messages;
        OperatingSystem os = OperatingSystem.of(around.properties().getProperty("os.name", ""));
        Path home = Path.of(around.properties().getProperty("user.home", "."));
        system = start(around, folders).map(start -> {
            List<String> hidden = new ArrayList<>(start);
            hidden.add("--hidden");
            return LoginStarts.of(os, around.environment(), home, List.copyOf(hidden));
        });
    }

    /** How this program, or the version that is used next, is started with its data folder; empty when only Java knows. */
    static Optional<List<String>> start(Surroundings around, AppFolders folders) {
        return program(around).map(program -> command(program, around, folders));
    }

    /** How this program was started, with its full path; empty when only Java knows, as in a test. */
    private static Optional<List<String>> program(Surroundings around) {
        String installed = around.properties().getProperty(INSTALLED);
        if (installed != null) {
            Path launcher = StablePath.of(Path.of(installed));
            boolean isCommand = launcher.endsWith("peerllm");
            return Optional.of(isCommand ? List.of(launcher.toString(), "desktop") : List.of(launcher.toString()));
        }
        String home = around.properties().getProperty(CHECKED_OUT);
        if (home == null) return Optional.empty();
        Path script = Path.of(home).toAbsolutePath().normalize().resolve("peerllm");
        return Files.isExecutable(script) ? Optional.of(List.of(script.toString(), "desktop")) : Optional.empty();
    }

    private static List<String> command(List<String> program, Surroundings around, AppFolders folders) {
        List<String> command = new ArrayList<>(program);
        if (!folders.equals(around.standardFolders())) {
            command.add("--data");
            command.add(folders.data().toString());
        }
        return List.copyOf(command);
    }

    @Override
    public Optional<String> impossible() {
        return system.isPresent() ? Optional.empty() : Optional.of(messages.text("settings.login.impossible"));
    }

    @Override
    public boolean isOn() {
        try {
            return system.isPresent() && system.get().isOn();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    @Override
    public void set(boolean on) {
        if (system.isEmpty()) return;
        try {
            if (on) system.get().turnOn();
            else system.get().turnOff();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private static HostException trouble(IOException e) {
        return new HostException(Problem.DATA_FOLDER_BROKEN, e.getMessage(), e);
    }
}
