package com.peerllm.desktop;

import com.peerllm.host.HostData;
import com.peerllm.host.HostProgram;
import com.peerllm.host.LocalHost;
import com.peerllm.host.Machine;
import com.peerllm.host.Surroundings;
import com.peerllm.host.chats.ChatBook;
import com.peerllm.host.diagnostics.HostLog;
import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.LinkHttp;
import java.nio.file.Files;

/**
 * The data folder of this program and everything that runs over it, with what only the window needs.
 *
 * @param hadSettings whether something was chosen in this folder before it was opened
 */
record OpenedHost(
        HostData data,
        boolean hadSettings,
        Machine machine,
        HostProgram program,
        ThreadAlarms alarms,
        ChatBook chats,
        CatalogOffers catalog)
        implements AutoCloseable {

    /** @throws com.peerllm.host.kernel.HostException when the folder is in use or cannot be used, with what to do */
    static OpenedHost open(DesktopOptions options, Surroundings around) {
        // While the database is opened, for which the window waits anyway.
        LinkHttp.prepare(around.threads());
        AppFolders folders = options.folders(around);
        boolean hadSettings = Files.exists(folders.settings());
        HostData data = HostData.open(folders, around.clock());
        try {
            HostLog.alsoTo(data.folders().logs());
            Machine machine = new Machine();
            HostProgram program = new HostProgram(data, options.link(), machine, around);
            program.host().resume();
            ThreadAlarms alarms = new ThreadAlarms(around.threads());
            return new OpenedHost(
                    data,
                    hadSettings,
                    machine,
                    program,
                    alarms,
                    new ChatBook(data.chats(), program.assistant(), around.clock(), alarms, around.threads()),
                    new CatalogOffers(program.host(), program.catalog().current(), around.threads()));
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    LocalHost host() {
        return program.host();
    }

    @Override
    public void close() {
        catalog.close();
        chats.close();
        alarms.close();
        program.close();
        data.close();
    }
}
