package com.peerllm.desktop;

import com.peerllm.host.HostMain;
import com.peerllm.host.HostVersion;
import com.peerllm.host.cli.ExitCode;
import java.util.Arrays;

/** The command {@code peerllm} of an installed PeerLLM: the window and the host are two of its words, as in {@code ./peerllm}. */
public final class CommandMain {
    private static final String USAGE = """
            Usage: peerllm COMMAND [OPTION...]

              desktop       open the window
              host          run a host without a screen (host --help)
              remove-data   remove models or everything that PeerLLM keeps for you (remove-data --help)
              --version     print the version
              --help        print this text""";

    private CommandMain() {}

    public static void main(String[] arguments) {
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "--help" : arguments[0]) {
            case "desktop" -> DesktopMain.main(rest);
            case "host" -> HostMain.main(rest);
            case "remove-data" -> HostMain.main(arguments);
            case "--version", "version" -> System.out.println("peerllm " + HostVersion.text());
            case "--help", "-h", "help" -> System.out.println(USAGE);
            default -> {
                System.err.println("peerllm: there is no command '" + arguments[0] + "'.");
                System.err.println(USAGE);
                System.exit(ExitCode.USAGE.number());
            }
        }
    }
}
