package com.peerllm.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The options of jlink and jpackage, also for the systems that this is not: what can be wrong in them without a build. */
class OptionsTest {
    private static final Path HOME = Path.of(System.getProperty("peerllm.home"));
    private static final Set<String> SEVERAL_TIMES = Set.of("--java-options", "--add-launcher");
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("appVersion", "1.2.3"),
            Map.entry("input", "input"),
            Map.entry("mainJar", "app.jar"),
            Map.entry("runtime", "runtime"),
            Map.entry("icon", "icon"),
            Map.entry("dest", "dest"),
            Map.entry("temp", "temp"),
            Map.entry("installer", HOME.resolve("installer").toString()),
            Map.entry("javafx", "javafx"),
            Map.entry("modules", "java.base"),
            Map.entry("image", "image"),
            Map.entry("license", HOME.resolve("LICENSE").toString()),
            Map.entry("resources", "resources"),
            Map.entry("identity", "identity"));

    private static Build build(Platform platform) {
        return new Build(HOME, Path.of("stage"), Path.of("out"), "1.2.3", Instant.EPOCH, platform);
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionStandsOnceAndEveryPlaceholderIsKnown(Platform platform) {
        for (String tool : List.of("jlink", "image", "package", "modules")) {
            ArgumentFile options = build(platform).arguments(tool);
            assertThat(options.lines()).as(tool).isNotEmpty();
            Set<String> seen = new HashSet<>();
            for (ArgumentFile.Line line : options.lines()) {
                String one = SEVERAL_TIMES.contains(line.option()) ? line.toString() : line.option();
                assertThat(seen.add(one)).as(tool + ": " + one + " twice").isTrue();
            }
            assertThat(options.words(VALUES)).noneMatch(word -> word.matches(".*@\\w+@.*"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFileThatIsNamedIsThere(Platform platform) {
        Build build = build(platform);
        Pattern named = Pattern.compile("(?:.*=)?(" + Pattern.quote(HOME.toString()) + "/.+)");
        List<String> files = Stream.of("image", "package", "sign")
                .flatMap(tool -> build.arguments(tool).words(VALUES).stream())
                .map(named::matcher)
                .filter(found -> found.matches())
                .map(found -> found.group(1))
                .toList();
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(AppImage.icon(build)).exists();
    }

    @Test
    void windowsKnowsEveryInstallerAsTheSameProgram() {
        assertThat(build(Platform.WINDOWS).arguments("package").lines())
                .as("Changed, it would leave the old version beside the new one.")
                .contains(new ArgumentFile.Line("--win-upgrade-uuid", "8d1b0f5e-4c0c-4f0e-9a3f-2f6f0a1c7b52"));
    }

    @Test
    void onlyLinuxHasTwoLaunchersThatDifferInCaseAlone() {
        for (Platform platform : Platform.values()) {
            boolean differs = build(platform).arguments("image").words(VALUES).stream()
                    .anyMatch(word -> word.startsWith("peerllm="));
            assertThat(differs).isEqualTo(platform == Platform.LINUX);
        }
    }

    @Test
    void javaStaysInTheRuntimeBecauseWorkersAreStartedWithIt() {
        assertThat(build(Platform.LINUX).arguments("jlink").options()).doesNotContain("--strip-native-commands");
    }

    @Test
    void theCommandLinesMainClassIsThere() throws Exception {
        String properties = Files.readString(HOME.resolve("installer/launchers/command-line.properties"));
        String main = properties
                .lines()
                .filter(line -> line.startsWith("main-class="))
                .findFirst()
                .orElseThrow()
                .substring("main-class=".length());
        assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
    }

    @Test
    void aVersionMustBeOneThatInstallersKnow() {
        assertThat(Platform.MACOS.appVersion("0.4.2")).isEqualTo("1.4.2");
        assertThat(Platform.LINUX.appVersion("0.4.2")).isEqualTo("0.4.2");
        assertThatThrownBy(() -> new Build(HOME, HOME, HOME, "1.0-SNAPSHOT", Instant.EPOCH, Platform.LINUX))
                .hasMessageContaining("three numbers");
    }

    @Test
    void typesAreThoseOfTheSystem() {
        assertThat(PackageType.parse("all", Platform.WINDOWS)).containsExactly(PackageType.APP_IMAGE, PackageType.MSI);
        assertThat(PackageType.parse("deb,tar.gz", Platform.LINUX))
                .containsExactly(PackageType.DEB, PackageType.TAR_GZ);
        assertThatThrownBy(() -> PackageType.parse("dmg", Platform.LINUX))
                .hasMessageContaining("app-image, tar.gz, deb, rpm, all");
    }
}
