package com.peerllm.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that put an installed PeerLLM into the menu, take it out, and end what runs from it. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LinuxScriptsTest {
    private static final Path HOME = Path.of(System.getProperty("peerllm.home"));

    @TempDir
    Path folder;

    private Path desktop;
    private Path share;

    @BeforeEach
    void putTogether() throws Exception {
        desktop = folder.resolve("app/desktop");
        share = Files.createDirectories(folder.resolve("share"));
        Folders.copy(HOME.resolve("installer/linux/desktop"), desktop, file -> true);
        Path icon = desktop.resolve("icons/hicolor/16x16/apps/peerllm.png");
        Files.createDirectories(icon.getParent());
        Files.copy(HOME.resolve("icons/peerllm-16.png"), icon);
    }

    private String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void entry(String action, String launcher) throws Exception {
        run(desktop.resolve("desktop-entry.sh").toString(), action, share.toString(), launcher);
    }

    @Test
    void theMenuOpensFilesWithTheirPaths() throws Exception {
        entry("install", "/opt/peerllm/bin/PeerLLM");

        assertThat(share.resolve("applications/peerllm.desktop"))
                .content()
                .contains("\nExec=\"/opt/peerllm/bin/PeerLLM\" %F\n", "\nTryExec=/opt/peerllm/bin/PeerLLM\n")
                .contains("\nMimeType=application/x-gguf;\n");
        assertThat(share.resolve("icons/hicolor/16x16/apps/peerllm.png")).exists();
        assertThat(share.resolve("mime/packages/peerllm.xml")).content().contains("*.gguf");
    }

    @Test
    void anAwkwardFolderStaysWhatItIs() throws Exception {
        entry("install", "/home/a & b/50% $x/PeerLLM");

        assertThat(share.resolve("applications/peerllm.desktop"))
                .content()
                .contains("\nExec=\"/home/a & b/50%% \\\\$x/PeerLLM\" %F\n")
                .contains("\nTryExec=/home/a & b/50% $x/PeerLLM\n");
    }

    @Test
    void whatWasInstalledIsRemovedAndNothingElse() throws Exception {
        Path others = Files.createDirectories(share.resolve("applications")).resolve("other.desktop");
        Files.createFile(others);
        entry("install", "/opt/peerllm/bin/PeerLLM");
        entry("remove", "/opt/peerllm/bin/PeerLLM");

        assertThat(files()).allMatch(file -> file.equals(others) || isCache(file));
    }

    /** Of the desktop's own tools, where they are installed. */
    private boolean isCache(Path file) {
        String path = share.relativize(file).toString();
        return path.equals("applications/mimeinfo.cache")
                || path.startsWith("mime/") && !path.contains("gguf") && !path.contains("peerllm");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(share)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void onlyProgramsOfTheInstallationAreEnded() throws Exception {
        Path own = Files.copy(Path.of("/bin/sleep").toRealPath(), folder.resolve("app/sleep"));
        own.toFile().setExecutable(true);
        Process inside = new ProcessBuilder(own.toString(), "60").start();
        Process outside = new ProcessBuilder("/bin/sleep", "60").start();
        try {
            run(
                    desktop.resolve("end-running.sh").toString(),
                    folder.resolve("app").toString());

            assertThat(inside.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(outside.isAlive()).isTrue();
        } finally {
            inside.destroyForcibly();
            outside.destroyForcibly();
        }
    }
}
