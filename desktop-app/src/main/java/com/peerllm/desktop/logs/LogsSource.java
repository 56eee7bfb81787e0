package com.peerllm.desktop.logs;

import com.peerllm.host.diagnostics.LogTail;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What Logs reads and asks for.
 *
 * @param bundle writes a support bundle into a file; may take half a minute, and throws {@link
 *     com.peerllm.host.kernel.HostException} with what to do
 * @param openFolder shows a folder in the operating system's own program for files; on the thread of the screens
 */
public record LogsSource(LogTail log, Consumer<Path> bundle, Consumer<Path> openFolder) {}
