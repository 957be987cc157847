// Loaded into a server under test: breaks it as a fault that nobody has thought of would, when the test asks for it.

process.on('SIGUSR2', () => {
  setImmediate(() => JSON.parse('const secret = "in the code";'));
  void Promise.reject(new TypeError('const secret = "in the code";'));
});
