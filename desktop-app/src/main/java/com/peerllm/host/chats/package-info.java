/**
 * The chats of the person in front of this computer: what was said, kept on this computer only, answered by the room
 * {@code answering}.
 *
 * <p>A {@link ChatBook} is all of them, a {@link Chat} is one that is open, a {@link LiveAnswer} is an answer on its way.
 * Nothing here reaches a log or an exception's message.
 */
package com.peerllm.host.chats;
