package com.peerllm.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The files that operating systems are given, and what they must contain. */
class HostServiceTest {
    private static final JavaCommand AWKWARD = new JavaCommand(
            List.of("/opt/java \"25\"/bin/java", "-cp", "/opt/50%/$lib/*", "Main", "--data", "/data & <more>"));

    @TempDir
    Path folder;

    private static JavaCommand command() {
        Properties properties = new Properties();
        properties.setProperty("java.home", System.getProperty("java.home"));
        properties.setProperty("java.class.path", "/opt/peerllm/desktop-app.jar:/opt/peerllm/lib/*");
        properties.setProperty("peerllm.home", "/opt/peerllm");
        return JavaCommand.ofThisProgram(properties, Optional.empty());
    }

    @Test
    void anInstalledProgramIsStartedByItsCommandWhichAnUpdateDoesNotChange() throws Exception {
        Path version = Files.createDirectories(folder.resolve("PeerLLM/versions/0.1.0"));
        Path current = Files.createSymbolicLink(folder.resolve("PeerLLM/current"), Path.of("versions/0.1.0"));
        Properties properties = new Properties();
        properties.setProperty("peerllm.command", version.resolve("bin/peerllm").toString());

        assertThat(JavaCommand.ofThisProgram(properties, Optional.of(folder)).words())
                .containsExactly(
                        current.resolve("bin/peerllm").toString(), "host", "start", "--data", folder.toString());
        properties.setProperty("peerllm.command", "/opt/peerllm/bin/peerllm");
        assertThat(JavaCommand.ofThisProgram(properties, Optional.empty()).words())
                .containsExactly("/opt/peerllm/bin/peerllm", "host", "start");
    }

    @Test
    void startsTheProgramByFullPathsWithoutAShell() {
        assertThat(command().words())
                .startsWith(System.getProperty("java.home") + "/bin/java")
                .contains("-Dpeerllm.home=/opt/peerllm", "/opt/peerllm/desktop-app.jar:/opt/peerllm/lib/*")
                .endsWith("com.peerllm.host.HostMain", "start");
        assertThatThrownBy(() -> new JavaCommand(List.of("java\nExecStart=evil")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("control character");
    }

    @Test
    void theUsersUnitLiesWhereSystemdLooks() {
        assertThat(SystemdService.ofTheUser(command(), Path.of("/home/x"), Map.of())
                        .file())
                .isEqualTo(Path.of("/home/x/.config/systemd/user/peerllm-host.service"));
        assertThat(SystemdService.ofTheUser(command(), Path.of("/home/x"), Map.of("XDG_CONFIG_HOME", "/c"))
                        .file())
                .isEqualTo(Path.of("/c/systemd/user/peerllm-host.service"));
    }

    @Test
    void theUnitsAreHardened() {
        assertThat(SystemdService.ofTheUser(command(), Path.of("/home/x"), Map.of())
                        .content())
                .contains("NoNewPrivileges=yes", "UMask=0077", "LimitCORE=0", "RestartPreventExitStatus=2 3 4 5 7 8")
                .doesNotContain("MemoryDenyWriteExecute", "User=");
        assertThat(SystemdService.ofTheSystem(command()).content())
                .contains(
                        "DynamicUser=yes",
                        "ProtectSystem=strict",
                        "CapabilityBoundingSet=\n",
                        "StateDirectory=peerllm-host",
                        "--data /var/lib/peerllm-host")
                .doesNotContain("ReadWritePaths");
    }

    @Test
    void wordsThatMeanSomethingToSystemdAreQuoted() {
        assertThat(SystemdService.ofTheSystem(AWKWARD).content())
                .contains(
                        "ExecStart=\"/opt/java \\\"25\\\"/bin/java\" -cp /opt/50%%/$$lib/* Main --data \"/data & <more>\"")
                .contains("ReadWritePaths=\"/data & <more>\"");
    }

    /** Only where systemd is. */
    @Test
    void systemdItselfFindsNothingWrong() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
        for (SystemdService service : List.of(
                SystemdService.ofTheUser(command(), Path.of("/home/x"), Map.of()),
                SystemdService.ofTheSystem(command()))) {
            Path unit = Files.writeString(folder.resolve("peerllm-host.service"), service.content());
            Process process = new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said.lines().filter(line -> line.contains("peerllm-host")))
                    .isEmpty();
        }
    }

    @Test
    void theMacsFileIsXmlWithEveryWord() throws Exception {
        String plist = new LaunchdService(AWKWARD, Path.of("/Users/x")).content();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(plist)));
        assertThat(document.getElementsByTagName("array").item(0).getTextContent())
                .contains("/opt/java \"25\"/bin/java", "/data & <more>");
        assertThat(plist).contains("<key>RunAtLoad</key>");
    }

    @Test
    void theTaskOfWindowsIsXmlAndQuotesAsWindowsDoes() throws Exception {
        ScheduledTaskService task = new ScheduledTaskService(AWKWARD, Path.of("/data"));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(task.content().getBytes(task.charset())));
        assertThat(document.getElementsByTagName("Arguments").item(0).getTextContent())
                .isEqualTo("-cp /opt/50%/$lib/* Main --data \"/data & <more>\"");
        assertThat(task.content()).contains("LeastPrivilege", "<LogonTrigger>");
    }
}
