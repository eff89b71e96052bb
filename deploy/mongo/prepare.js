// Makes the replica set and its users; safe to repeat. Run beside the database (deploy/compose.yaml),
// since who comes from the same machine may do so while there is no user yet.
const fs = require('fs');

const secret = (name) => fs.readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const tls = 'tls=true&tlsCAFile=/run/secrets/ca.pem';
const admin = connect(`mongodb://localhost:27017/admin?directConnection=true&${tls}`);

const known = () => {
  try {
    return admin.auth('admin', secret('mongo-admin')).ok === 1;
  } catch {
    return false;
  }
};

if (!known()) {
  const ALREADY_INITIALIZED = 23;
  try {
    admin.runCommand({
      replSetInitiate: { _id: 'congvu', members: [{ _id: 0, host: 'mongo:27017' }] },
    });
  } catch (error) {
    if (error.code !== ALREADY_INITIALIZED) throw error;
  }
  while (!admin.hello().isWritablePrimary) sleep(200);
  admin.createUser({ user: 'admin', pwd: secret('mongo-admin'), roles: ['root'] });
  if (!known()) throw new Error('the administrator was not made');
}

// Each service reads and writes its own databases and no other.
const databases = {
  catalogue: ['congvu_catalogue'],
  evaluation: ['congvu_evaluation'],
  feedback: ['congvu_feedback', 'congvu_feedback_keys'],
};
for (const [user, names] of Object.entries(databases)) {
  const roles = names.map((db) => ({ role: 'readWrite', db }));
  const account = { pwd: secret(`mongo-${user}`), roles };
  if (admin.getUser(user)) admin.updateUser(user, account);
  else admin.createUser({ user, ...account });
}
