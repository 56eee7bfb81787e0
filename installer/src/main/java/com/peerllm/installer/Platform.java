package com.peerllm.installer;

import java.nio.file.Path;
import java.util.Locale;

/** The operating systems that packages are made on and for, and where the parts of an app image lie on each. */
enum Platform {
    LINUX("linux", "PeerLLM", "lib/app", "lib/runtime", "lib", "bin/PeerLLM"),
    WINDOWS("windows", "PeerLLM", "app", "runtime", "bin", "PeerLLM.exe"),
    MACOS("macos", "PeerLLM.app", "Contents/app", "Contents/runtime/Contents/Home", "lib", "Contents/MacOS/PeerLLM");

    private final String word;
    private final String image;
    private final String app;
    private final String runtime;
    private final String natives;
    private final String window;

    Platform(String word, String image, String app, String runtime, String natives, String window) {
        this.word = word;
        this.image = image;
        this.app = app;
        this.runtime = runtime;
        this.natives = natives;
        this.window = window;
    }

    static Platform of(String osName) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.contains("linux")) return LINUX;
        if (os.contains("windows")) return WINDOWS;
        if (os.contains("mac")) return MACOS;
        throw new PackagingException("There are no packages for " + osName + ": only for Linux, Windows and macOS.");
    }

    /** Of this computer, as in the names of packages. */
    static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    }

    /** As in the names of the argument files and folders. */
    String word() {
        return word;
    }

    /** What jpackage calls the app image. */
    String image() {
        return image;
    }

    Path app(Path image) {
        return image.resolve(app);
    }

    Path runtime(Path image) {
        return image.resolve(runtime);
    }

    /** Where a runtime has its libraries. */
    Path natives(Path runtime) {
        return runtime.resolve(natives);
    }

    /** The launcher of the window. */
    Path window(Path image) {
        return image.resolve(window);
    }

    /** jpackage on macOS takes no version that begins with 0, so all begin one higher there. */
    String appVersion(String version) {
        if (this != MACOS) return version;
        int dot = version.indexOf('.');
        return Integer.parseInt(version.substring(0, dot)) + 1 + version.substring(dot);
    }
}
