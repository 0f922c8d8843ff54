/**
 * The floor of deliveries: a server of nothing but socket.io with MessagePack, which sends whatever
 * one socket says to all others. Its port is its only argument.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import parser from 'socket.io-msgpack-parser';

const http = createServer();
const server = new Server(http, { path: '/socket', parser, transports: ['websocket'] });
server.on('connection', (socket) => {
  void socket.join('all');
  socket.on('say', (item: unknown) => server.to('all').emit('items', [item]));
  socket.emit('circles', {});
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
http.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
});
