// Makes the replica sets, the shards and the users; safe to repeat. It comes with a certificate of the
// authority, which the members take for one of theirs: there is no user yet.
const fs = require('fs');

const ALREADY_INITIALIZED = 23;
const secret = (user) => fs.readFileSync(`/run/secrets/users/${user}`, 'utf8').trim();
const TLS = 'tls=true&tlsCAFile=/run/secrets/mongo/ca.pem&tlsCertificateKeyFile=/run/secrets/mongo/mongo.pem'
  + '&authMechanism=MONGODB-X509&authSource=$external';
const members = (set) => [0, 1, 2].map((each) => `mongo-${set}-${each}.mongo-${set}:27017`);
const SHARDS = ['north', 'south'];

for (const set of ['config', ...SHARDS]) {
  const [first] = members(set);
  const member = connect(`mongodb://${first}/admin?directConnection=true&${TLS}`);
  const config = { _id: set, members: members(set).map((host, _id) => ({ _id, host })) };
  if (set === 'config') config.configsvr = true;
  try {
    member.runCommand({ replSetInitiate: config });
  } catch (error) {
    if (error.code !== ALREADY_INITIALIZED) throw error;
  }
}

const router = connect(`mongodb://mongos-0.mongos:27017/admin?${TLS}`);
for (const set of SHARDS) {
  router.runCommand({ addShard: `${set}/${members(set).join(',')}`, name: set });
  router.runCommand({ addShardToZone: set, zone: set });
}

// Each service reads and writes its own databases and no other.
const databases = {
  catalogue: ['congvu_catalogue'],
  evaluation: ['congvu_evaluation'],
  feedback: ['congvu_feedback', 'congvu_feedback_keys'],
};
const roles = Object.entries(databases).map(([user, names]) => [
  user, names.map((db) => ({ role: 'readWrite', db })),
]);
for (const [user, granted] of [['admin', ['root']], ...roles]) {
  const account = { pwd: secret(user), roles: granted };
  if (router.getUser(user)) router.updateUser(user, account);
  else router.createUser({ user, ...account });
}
