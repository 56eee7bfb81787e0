package com.peerllm.host.chats;

import com.peerllm.host.kernel.ThreadAlarms;
import com.peerllm.host.storage.HostDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/** A program that is in the middle of an answer when it is killed: says numbered words, and prints which it has said. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        HostDatabase database = HostDatabase.open(Path.of(arguments[0]));
        StagedAssistant assistant = new StagedAssistant();
        ChatBook book =
                new ChatBook(database.chats(), assistant, InstantSource.system(), new ThreadAlarms(threads), threads);
        Chat chat = book.begin(StagedAssistant.SPROUT.id());
        chat.ask(StagedAssistant.SPROUT.id(), "Count until you are killed");
        for (int i = 0; ; i++) {
            assistant.last().says(i + " ");
            System.out.println(System.nanoTime() + " " + i);
            Thread.sleep(1);
        }
    }
}
